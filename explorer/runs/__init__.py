"""The app's side of a worker: start, steer, follow and find runs again. No torch, no streamlit."""
