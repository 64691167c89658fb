"""A client that sends an exact number of requests, for the measurements that
count: wrk stops by the clock, so two of its runs never do the same work.

Every loop ends after the requests asked for; every socket has a timeout. All
answers of a server to one path have the same length, which is learnt from the
first, so that reading costs no parsing.
"""

import selectors
import socket

TIMEOUT_SECONDS = 20

# What a browser sends beside Host.
BROWSER = [
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language: en-US,en;q=0.5",
    "Accept-Encoding: gzip, deflate, br",
    "Connection: keep-alive",
    "Cookie: session=0123456789abcdef; theme=dark",
    "Upgrade-Insecure-Requests: 1",
    "Sec-Fetch-Dest: document",
    "Sec-Fetch-Mode: navigate",
]


def request(port, path="/", fields=()):
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *fields]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode()


def connect(port):
    stream = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_SECONDS)
    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return stream


def exchange(stream, sent):
    """Sends one request and returns its whole answer."""
    stream.sendall(sent)
    answer = b""
    while True:
        head, blank, body = answer.partition(b"\r\n\r\n")
        if blank and len(body) >= content_length(head):
            return answer
        more = stream.recv(65536)
        if not more:
            raise ConnectionError(f"the server closed after {answer!r}")
        answer += more


def content_length(head):
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise ValueError(f"no Content-Length in {head!r}")


def receive(stream, length):
    """Reads answers of `length` bytes in all; the last bytes are returned."""
    while length > 0:
        last = stream.recv(min(length, 65536))
        if not last:
            raise ConnectionError("the server closed before it had answered")
        length -= len(last)


def get(port, path="/"):
    with connect(port) as stream:
        return exchange(stream, request(port, path))


def closes_when_asked(port):
    """Whether the server closes a connection after `Connection: close`."""
    with connect(port) as stream:
        stream.settimeout(1)
        exchange(stream, request(port)[:-2] + b"Connection: close\r\n\r\n")
        try:
            return stream.recv(1) == b""
        except TimeoutError:
            return False


def pipelined(port, count, depth=1, fields=()):
    """`count` requests over one connection, `depth` in each write: the next
    batch is sent when all answers to the last have come."""
    one = request(port, fields=fields)
    with connect(port) as stream:
        length = len(exchange(stream, one))
        for done in range(1, count, depth):
            batch = min(depth, count - done)
            stream.sendall(one * batch)
            receive(stream, length * batch)


def parallel(port, count, connections=40):
    """`count` requests over `connections` connections, one in flight on each:
    what wrk does, with an exact count."""
    one = request(port)
    streams = [connect(port) for _ in range(connections)]
    try:
        length = max(len(exchange(stream, one)) for stream in streams)
        to_send, to_receive = count - connections, (count - connections) * length
        with selectors.DefaultSelector() as selector:
            for stream in streams[:to_send]:
                selector.register(stream, selectors.EVENT_READ, [length])
                stream.sendall(one)
                to_send -= 1
            while to_receive > 0:
                ready = selector.select(TIMEOUT_SECONDS)
                if not ready:
                    raise TimeoutError(f"{to_receive} bytes of answers did not come")
                for key, _ in ready:
                    stream, missing = key.fileobj, key.data
                    received = len(stream.recv(missing[0]))
                    if received == 0:
                        raise ConnectionError("the server closed before it had answered")
                    to_receive -= received
                    missing[0] -= received
                    if missing[0] == 0 and to_send > 0:
                        missing[0] = length
                        stream.sendall(one)
                        to_send -= 1
                    elif missing[0] == 0:
                        selector.unregister(stream)
    finally:
        for stream in streams:
            stream.close()
