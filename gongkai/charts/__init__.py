"""A data frame → a Plotly figure, in one theme. Pure: nothing here knows Streamlit or the store."""
