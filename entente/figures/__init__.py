"""Tables in, Plotly figure out; each with a sister that says what it shows."""
