"""nginx with a file of the same bytes."""

import contextlib
import os
import tempfile

from tools import free_port, running

SETTINGS = "nginx-light: 2 workers, reuseport, a file of the same bytes, open_file_cache, no access log"


@contextlib.contextmanager
def serving(body):
    """The address that answers with `body`."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        with open(os.path.join(folder, "body.json"), "wb") as file:
            file.write(body)
        config = os.path.join(folder, "nginx.conf")
        with open(config, "w") as file:
            file.write(
                f"""
                worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log /dev/null;
                events {{ worker_connections 4096; }}
                http {{
                    access_log off; keepalive_requests 1000000000; sendfile on; open_file_cache max=10;
                    types {{ application/json json; }}
                    client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
                    uwsgi_temp_path {folder}; scgi_temp_path {folder};
                    server {{ listen 127.0.0.1:{port} reuseport; root {folder}; }}
                }}
                """)
        url = f"http://127.0.0.1:{port}/body.json"
        with running(["nginx", "-c", config], url):
            yield url
