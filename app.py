"""The dashboard: page configuration, navigation, language, all of it in gongkai/ui/shell.py; nothing else."""

from gongkai.ui import shell

shell.run()
