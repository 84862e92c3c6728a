"""The small job in Streamlit, as its documentation builds an app."""

import streamlit as st

from benchmarks.peers.figures import chart, chosen, read

st.set_page_config(page_title="Innovation", layout="wide")
countries, sectors, bars = st.cache_data(read)()

st.title("Innovation")
sector = st.radio("Sector", sectors, horizontal=True)
for first in range(0, len(countries), 2):
    for column, country in zip(st.columns(2), countries[first : first + 2], strict=True):
        column.plotly_chart(chart(chosen(bars, country, sector), country), key=country)
