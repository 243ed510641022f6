"""What all pages share: messages, the filter bar, charts that open the unit, tables that can be taken away."""
