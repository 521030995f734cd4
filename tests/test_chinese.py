"""What a rule can hold of the Chinese: signs, spaces, percents, and one term for one thing."""

import re
from pathlib import Path

import pytest

from explorer.core.sentence_forms import split_forms, without_context
from tests.chinese import chinese
from tests.test_words import spoken

LESSONS = Path(__file__).parents[1] / "explorer/lessons/zh"
HAN = "\u4e00-\u9fff"
# What is wrong where Chinese stands beside it -> how it is written. Shapes, (N, C, H, W), are no text.
SIGNS = {
    rf"[{HAN}）”][,:;!?]|[,;:!?] ?[{HAN}“（]": "，：；！？ beside Chinese are full-width",
    rf"[{HAN}] ?\((?!([A-Z\d{{\\]+\w*}}?, ?)+|− 1)|\)[{HAN}]": "brackets in Chinese are （）",
    rf'"[{HAN}]|[{HAN}]"': "quotation marks in Chinese are “”",
    r"[。，、；：！？（“] +(?!\*\*)| +[。，、；：！？）”]": "no space beside a full-width sign",
    r"\d %": "98%, without a space",
    rf"[{HAN}][a-zA-Z\d]|[a-zA-Z\d][{HAN}]": "a space between Chinese and Latin letters or digits",
    r"\.\.\.|。。": "… is one sign",
}
LATIN_IN_A_WORD = ("T恤",)
# The term -> what it has been called besides, or what no lecturer says.
TERMS = {
    "准确率": ("正确率", "精确率"),
    "识别正确": ("认对", "认得", "认作"),
    "逐层明细表": ("账本",),
    "制造错误": ("弄坏",),
    "单步训练": ("走一步",),
    "训练一轮": ("走一轮",),
    "未用到": ("从未用到", "没有读到", "没有用上", "没用到"),
    "损失曲面": ("地形",),
    "不受影响": ("毫不在意",),
    "图像": ("图片",),
    "随机猜测": ("瞎猜",),
    "偶然": ("运气",),
    "批大小": ("批量大小", "批次大小"),
    "全连接": ("稠密", "密集连接"),
    "核心": ("个核约",),
    "次训练": ("个训练",),
}
# English -> the one Chinese term for it, where it is not written as PyTorch's name.
GLOSSARY = {
    "stride": "步长",
    "dilation": "膨胀",
    "padding": "填充",
    "learning rate": "学习率",
    "momentum": "动量",
    "accuracy": "准确率",
    "gradient": "梯度",
    "receptive field": "感受野",
    "feature maps": "特征图",
    "batch size": "批大小",
    "dense net": "全连接网络",
    "epochs": "轮",
    "label smoothing": "标签平滑",
    "weight decay": "权重衰减",
    "optimizer": "优化器",
    "threads": "线程数",
    "output channels": "输出通道",
    "windows": "窗口",
    "pooling": "池化",
    "ledger": "明细表",
}


def without_code(text: str) -> str:
    """A lesson's prose: code between backquotes, the marks of emphasis and of tables, and comments left out."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "X", re.sub(r" *<!--.*?-->", "", text), flags=re.S)
    return re.sub(r"^\s*(\d+\.|-|#+) |\*|^\| | \||\|\s*$", "", text, flags=re.M)


def texts() -> dict[str, str]:
    """Every Chinese sentence, and every line of the lessons -> where it stands."""
    found = {said: sentence for sentence, said in chinese().items()}
    for file in sorted(LESSONS.glob("*.md")):
        found |= {line: file.name for line in without_code(file.read_text("utf-8")).splitlines() if line}
    return found


@pytest.mark.parametrize("wrong", SIGNS)
def test_signs_are_those_of_chinese(wrong: str) -> None:
    """Full-width where Chinese stands beside them, and no space behind them."""
    found = []
    for text in texts():
        prose = re.sub(r"`[^`]*`", "X", text).replace("**", "")
        for word in LATIN_IN_A_WORD:
            prose = prose.replace(word, "")
        found += [(text, one.group()) for one in re.finditer(wrong, prose)]
    assert [] == found, SIGNS[wrong]


@pytest.mark.parametrize("term", TERMS)
def test_one_thing_has_one_term(term: str) -> None:
    """A student who meets two looks for the difference."""
    assert [] == [text for text in texts() for other in TERMS[term] if other in text], f"it is called {term}"


@pytest.mark.parametrize("english", GLOSSARY)
def test_a_technical_term_is_always_translated_the_same(english: str) -> None:
    """As in the lessons; or stands in English, as PyTorch has it."""
    said = {sentence: text for sentence, text in chinese().items() if re.search(rf"\b{english}\b", sentence, re.I)}
    assert said, f"no sentence says {english}"
    term = re.compile(f"{GLOSSARY[english]}|{english}", re.I)  # Windows is Microsoft's
    assert {} == {sentence: text for sentence, text in said.items() if not term.search(text.replace(" ", ""))}


def test_a_percent_is_written_one_way() -> None:
    """In English as Babel writes it: 98.33%, without a space."""
    english = [without_context(form) for sentence in spoken() for form in split_forms(sentence)]
    assert [] == [sentence for sentence in english if re.search(r"[\d}] %", sentence)]


def test_emphasis_is_shown_as_such() -> None:
    """Markdown takes ** for two stars between a bracket, or what may end with one, and Chinese; nothing is slanted."""
    unseen, slanted = [], []
    for text in [*chinese().values(), *(file.read_text("utf-8") for file in LESSONS.glob("*.md"))]:
        for bold in re.finditer(r"(?P<before>.?)\*\*(?P<said>[^*\n]+)\*\*(?=(?P<after>.?))", text):
            opens = re.match(f"[{HAN}]", bold["before"]) and bold["said"][0] in "{（“`[<"
            closes = re.match(f"[{HAN}]", bold["after"]) and bold["said"][-1] in "}）”。`]"
            unseen += [bold[0]] if opens or closes else []
        slanted += re.findall(rf"(?<!\*)\*[^*\n]*[{HAN}][^*\n]*\*(?!\*)", re.sub(r"\*\*|`[^`\n]*`", "", text))
    assert [] == unseen + slanted
