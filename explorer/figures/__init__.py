"""Pictures that stand still: numbers in, a plotly figure out."""
