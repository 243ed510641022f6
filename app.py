"""The dashboard: page configuration, navigation, language; nothing else (see pages/ and gongkai/ui/)."""

import streamlit as st

from gongkai.ui import navigation, shell
from gongkai.ui.messages import t

st.set_page_config(page_title=t("common.title"), page_icon="📖", layout="wide")
page = st.navigation(navigation.pages(), position="sidebar", expanded=True)
shell.sidebar()
shell.banner()
page.run()
