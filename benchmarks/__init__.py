"""What is measured, how, and against what. Each module prints ratios against an alternative in one run."""
