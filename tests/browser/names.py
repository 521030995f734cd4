"""Names that Markdown, HTML, or Streamlit's additions to them might take for something else."""

import random

PIECES = [
    *(":smile:", ":red[hot]", ":material/home:", ":streamlit:", ":blue-badge[x]", ":", "::", ":a", "a:b"),
    *("[x](http://a.b)", "![x](http://a.b/c.png)", "http://a.b", "https://a.b/c_d", "www.a.com", "me@a.com"),
    *("$x^2$", "$$x$$", "\\(x\\)", "$5", "`code`", "``", "**b**", "__b__", "*i*", "_i_", "a_b_c", "~~s~~", "~", "^"),
    *("<b>x</b>", "<script>alert(1)</script>", "<!-- x -->", "<http://a.b>", "&amp;", "&lt;", "&#65;", "&", "<", ">"),
    *("->", "<-", "-->", "--", "---", ">=", "<=", "~=", "<->", "||", "| a | b |", "[ ]", "[x]", "{", "}", "{name}"),
    *("# h", "## h", "+ l", "- l", "1. l", "2) l", "> q", "=", "===", "***", "...", "!", "?", "0.1", "x=1", "=1+1"),
    *("学习率 0.1", "🎉", "é", "العربية", "\\", "\\\\", "\\*", "'", '"', "%", "/", "#"),
]


def _names(count: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    return [draw.choice(["", " "]).join(draw.choices(PIECES, k=draw.randint(2, 4))) for _ in range(count)]


NAMES = [*PIECES, *_names(100, seed=0)]
