"""nginx with the same bytes, from a file or from its configuration."""

import contextlib
import os
import tempfile

from tools import free_port, running

SETTINGS = "nginx-light: 2 workers, reuseport, a file of the same bytes, open_file_cache, no access log"


@contextlib.contextmanager
def serving(body):
    """The address of a file that has `body`."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        with open(os.path.join(folder, "body.json"), "wb") as file:
            file.write(body)
        http = "sendfile on; open_file_cache max=10; types { application/json json; }"
        with configured(folder, http, f"root {folder};", "/body.json") as url:
            yield url


@contextlib.contextmanager
def answering(text, path):
    """The address that answers with `text`, as it does everywhere."""
    with tempfile.TemporaryDirectory() as folder:
        server = f"location / {{ default_type application/json; return 200 '{text}'; }}"
        with configured(folder, "", server, path) as url:
            yield url


@contextlib.contextmanager
def configured(folder, http, server, path):
    port = free_port()
    config = os.path.join(folder, "nginx.conf")
    with open(config, "w") as file:
        file.write(
            f"""
            worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log /dev/null;
            events {{ worker_connections 4096; }}
            http {{
                access_log off; keepalive_requests 1000000000; {http}
                client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
                uwsgi_temp_path {folder}; scgi_temp_path {folder};
                server {{ listen 127.0.0.1:{port} reuseport; {server} }}
            }}
            """)
    url = f"http://127.0.0.1:{port}{path}"
    with running(["nginx", "-c", config], url):
        yield url
