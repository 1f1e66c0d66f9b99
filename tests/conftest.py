"""Fixtures for all tests: no network beyond loopback, a reader with its real model and database."""

from __future__ import annotations

import ipaddress
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp import create_app
from webapp.services import Services
from webapp.settings import Settings

GERMAN = (
    "Der Bundestag hat das Gesetz beschlossen. Der Bundesrat muss noch zustimmen.\n\n"
    "„Das geht nicht“, sagte die Ministerin am 3. Oktober. Die Opposition lehnt den Haushalt ab."
)


def refuse_network(event: str, args: tuple[object, ...]) -> None:
    """An audit hook that lets Python code reach this computer only."""
    if event not in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"):
        return
    target = args[0] if event == "socket.getaddrinfo" else args[1]
    host = target[0] if isinstance(target, tuple) else target
    unix_socket = isinstance(target, str | bytes) and event != "socket.getaddrinfo"
    if unix_socket or host in (None, "", "localhost", b"localhost"):
        return
    try:
        if ipaddress.ip_address(os.fsdecode(host) if isinstance(host, bytes) else str(host)).is_loopback:
            return
    except ValueError:
        pass
    raise PermissionError(f"a test tried to reach {host!r}: Seitenblick must not use the network")


sys.addaudithook(refuse_network)


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the embedded model is unpacked, shared by all tests."""
    from models.packages import PackageStore

    folder = tmp_path_factory.mktemp("packages")
    PackageStore(folder).embedded()
    return folder


@pytest.fixture
def settings(tmp_path: Path, packages: Path) -> Settings:
    home = tmp_path / "home"
    home.mkdir()
    (home / "packages").symlink_to(packages, target_is_directory=True)
    return Settings(home=home, beam=1, port=0)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.testing = False  # errors are to be seen as users see them
    yield app
    app.extensions["services"].close()


@pytest.fixture
def services(app: Flask) -> Services:
    found = app.extensions["services"]
    assert isinstance(found, Services)
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def wait_until() -> Callable[[Callable[[], bool]], None]:
    """Waits until something holds; fails after 60 seconds."""

    def wait(condition: Callable[[], bool]) -> None:
        ends = time.monotonic() + 60
        while not condition():
            assert time.monotonic() < ends, "waited too long"
            time.sleep(0.02)

    return wait
