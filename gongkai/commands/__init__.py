"""The longer commands of the command line, one a module; gongkai/cli.py imports each when it runs."""
