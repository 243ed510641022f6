"""The dashboard: page configuration, navigation, language; nothing else (see pages/ and gongkai/ui/)."""

import streamlit as st

from gongkai.ui import navigation, shell
from gongkai.ui.messages import t

page = st.navigation(navigation.pages(), position="sidebar", expanded=True)
st.set_page_config(page_title=f"{page.title} · {t('common.title')}", page_icon="📖", layout="wide")
shell.sidebar()
shell.banner()
page.run()
