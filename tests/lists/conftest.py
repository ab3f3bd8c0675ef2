from types import SimpleNamespace

import pytest

from tests.lists.city import AS_OF, city
from transforms.lists.deliver import deliver_lists


@pytest.fixture(scope="package")
def delivered(tmp_path_factory):
    """The county's lists as handed out: outbox, files, and the engine that made them."""
    outbox = tmp_path_factory.mktemp("outbox") / "staged"
    with city(tmp_path_factory.mktemp("run")) as engine:
        files = deliver_lists(engine, outbox, period="2026-09", as_of=AS_OF)
        yield SimpleNamespace(outbox=outbox, files=files, engine=engine)
