# The whole demo in one image: the app, and for a cluster the scheduler and the workers. docs/hosting.md says how.
ARG PYTHON=3.12.12-slim-bookworm
FROM python:${PYTHON}

# Torch without CUDA. With it, 5 GB larger: --build-arg REQUIREMENTS=requirements.txt
ARG REQUIREMENTS=deploy/requirements-cpu.txt
# A web folder with MNIST's four files, where the usual hosts are slow or closed.
ARG CNN_EXPLORER_MNIST_MIRROR=""

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PORT=8501 \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_HEADLESS=true \
    XDG_CACHE_HOME=/data/cache \
    CNN_EXPLORER_CHECKPOINTS=/data/checkpoints

RUN useradd --create-home --uid 1000 learner \
    && install --directory --owner=learner --group=learner /data /data/cache /data/checkpoints

WORKDIR /app
COPY requirements.txt ./
COPY deploy/requirements-cpu.txt deploy/
RUN pip install --no-cache-dir --requirement "$REQUIREMENTS"

COPY .streamlit .streamlit
COPY checkpoints checkpoints
COPY explorer explorer
COPY app.py LICENSE ./
RUN python -m compileall -q app.py explorer

USER 1000
# A volume that begins empty gets MNIST from here; without it the app fetches it when it is first asked for.
RUN python -c "from explorer.training.published import load_published; load_published()" \
    || echo "MNIST could not be fetched now."

VOLUME /data
EXPOSE 8501
# The port is the environment's, which a provider may set.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/_stcore/health', timeout=4)"]
CMD ["sh", "-c", "exec streamlit run app.py --server.port=\"$PORT\""]
