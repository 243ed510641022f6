"""The dashboard: page configuration, navigation, language; nothing else (see pages/ and gongkai/ui/)."""

import streamlit as st

from gongkai.ui import address, navigation, shell
from gongkai.ui.messages import t

page = st.navigation(navigation.pages(), position="hidden")
st.set_page_config(page_title=f"{page.title} · {t('common.title')}", page_icon="📖", layout="wide")
shell.frame()
page.run()
address.flush()
