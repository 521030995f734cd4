"""What Streamlit's own style sheet lacks: a bar for our navigation, contrast, and scrolling without a mouse."""

import streamlit as st

# Streamlit's own bar takes no widgets, and on a phone it hides behind a button and then covers the page.
_BAR = """
[data-testid="stHeader"] { display: none; }
[data-testid="stMainBlockContainer"] { padding-top: 0.75rem; }
.st-key-pages { flex: 1 1 auto; min-width: 0; overflow-x: auto; flex-wrap: nowrap; }
@media (max-width: 640px) { /* a phone: all pages in a line of their own, tables without their air */
  .st-key-navigation { flex-wrap: wrap; justify-content: end; row-gap: 0; }
  .st-key-navigation > :first-child { flex: 1 0 100%; max-width: 100%; }
  .st-key-pages { gap: 0.5rem 0; flex-wrap: wrap; overflow: visible; } /* a thumb tells two lines apart */
  [data-testid="stMarkdownContainer"] :is(td, th) { padding: 4px 5px; font-size: 14px; }
}
"""

# The primary colour carries white text on buttons; as a text on dark it has 4 : 1.
_CHOSEN = """
.st-key-lang button[data-variant][data-selected]:not([data-disabled]) { color: inherit; }
[data-testid="stSliderThumbValue"][data-testid] { color: inherit; }
"""

# Streamlit's code colours are no part of the theme, have 2.2 to 4.4 : 1, and two of them mean signs in the picture.
# It scrolls what no key reaches, inside of what Tab does reach: here the latter scrolls.
_CODE = """
[data-testid="stCode"] .token.token.token { color: inherit; }
[data-testid="stCode"] .token.token.keyword { font-weight: 600; }
[data-testid="stCode"] .token.token.token.comment { color: color-mix(in srgb, currentColor 70%, transparent); }
[data-testid="stCode"] { overflow: auto; }
[data-testid="stCode"] pre { overflow: visible; height: auto; min-height: 100%; min-width: min-content; }
"""

# A program is written in letters of one width.
_PROGRAM = """
.st-key-network_paste textarea { font-family: var(--st-code-font, monospace); font-size: 14px; }
"""

# A formula's last slanted letter reaches 2 px out of its box, which made every formula a scrolling region.
_FORMULA = """
.katex-display { padding-inline: 4px; }
"""


# Streamlit centres a button's words; a list of runs is read from the left, two lines of a name at most.
_RUNS = """
[class*="st-key-train_open_"] button { padding: 4px 8px; &, & * { justify-content: start; text-align: start; } }
:is([class*="st-key-train_open_"] button, .st-key-train_on_screen > :first-child) p {
  display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical;
  overflow: hidden; white-space: normal; overflow-wrap: anywhere;
}
.st-key-train_whose [data-testid="stCaptionContainer"] { color: inherit; }
.st-key-train_on_screen button { padding-inline: 9px; }
[class*="st-key-train_row_"] [data-testid="stCaptionContainer"] { padding-left: 8px; margin-top: -4px; }
:is(.st-key-train_to_compare, .st-key-train_to_network) a { padding-inline: 0; & p { text-decoration: underline; } }
"""

# Streamlit lets a progress bar glide for 0.5 s. Polled twice a second it never rests: the browser draws 57 frames a
# second instead of 7, on the cores that a run trains on.
_PROGRESS = """
[data-testid="stProgressBarTrack"][data-testid] * { transition: none; }
"""


def page_style() -> None:
    """Adds the style sheet to the page."""
    st.html(f"<style>{_BAR}{_CHOSEN}{_CODE}{_PROGRAM}{_FORMULA}{_RUNS}{_PROGRESS}</style>")
