"""Was it worth it: accuracy over what it cost, once the runs that are shown have ended."""

import streamlit as st

from explorer.components.run_looks import Look
from explorer.core.run.comparison import RunSummary
from explorer.ui.compare.answer import why_not_comparable
from explorer.ui.compare.examples import is_held_back
from explorer.ui.compare.shown_runs import shown_runs
from explorer.ui.compare.table import run_summary
from explorer.ui.compare.view import is_under_way
from explorer.ui.language import mark, say_number, t
from explorer.ui.run_names import run_names
from explorer.ui.setting import Choice

COST = Choice(
    "compare_cost",
    {"seconds": mark("Seconds of training"), "num_params": mark("Parameters"), "mult_adds": mark("Mult-adds")},
)


def cost_view() -> None:
    """Draws a point for each run that was tested; nothing while one is under way, for plotly flickers when redrawn."""
    COST.write()
    shown = shown_runs()
    names = run_names([run for run, _ in shown])
    figures = [(run_summary(run), look, name) for (run, look), name in zip(shown, names, strict=True)]
    tested = [one for one in figures if one[0].best_accuracy is not None]
    if (
        is_under_way()
        or any(is_held_back(run) for run, _ in shown)
        or len(tested) < 2
        or why_not_comparable([run for run, _ in shown])
    ):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{t('Was it worth it?')}** {t('Best accuracy over')}", width="content")
        COST.select(t("Cost"), label_visibility="collapsed", width=220)
    _draw(tested)


def _draw(tested: list[tuple[RunSummary, Look, str]]) -> None:
    from explorer.figures.cost import Point, cost_figure  # with plotly, for who sees it

    ink = st.get_option(f"theme.{st.context.theme.type or 'light'}.textColor")
    points = [
        Point(name, getattr(figures, COST.value), figures.best_accuracy, look.drawn_on(ink), look.marker)
        for figures, look, name in tested
    ]
    words = {"cost": t(COST.names[COST.value]), "accuracy": t("Best accuracy")}
    said = [
        f"{name}: {say_number(point.accuracy, '.2%')}, {say_number(point.cost, ',.6g')}"
        for (*_, name), point in zip(tested, points, strict=True)
    ]
    alt = t("{accuracy} over {cost}: {points}.", points=t("; ").join(said), **words)
    st.plotly_chart(cost_figure(points, **words, ink=ink), alt=alt, config={"displayModeBar": False})
