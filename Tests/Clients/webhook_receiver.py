"""A receiver of webhooks by PyPI's standardwebhooks: 204 for what it verifies with the secret, else 401.

    python3 webhook_receiver.py PORT SECRET
"""

import http.server
import sys

from standardwebhooks.webhooks import Webhook, WebhookVerificationError


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.send_response(self.status(body))
        self.send_header("content-length", "0")
        self.end_headers()

    def status(self, body):
        try:
            Webhook(sys.argv[2]).verify(body, {name.lower(): value for name, value in self.headers.items()})
        except WebhookVerificationError:
            return 401
        return 204


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
