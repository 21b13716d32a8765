"""The only code that knows Streamlit: pages, controls, panels, the presenter, the export menu."""
