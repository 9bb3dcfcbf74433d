import pytest

from tests.redis_server import RedisServer, program


@pytest.fixture(scope="session")
def redis_program():
    if program() is None:
        pytest.skip("redis-server is not on this machine; deploy/system-packages.sh test installs it")


@pytest.fixture(scope="session")
def shared_redis(redis_program, tmp_path_factory):
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def redis(shared_redis):
    """Running, and empty."""
    import redis

    redis.Redis.from_url(shared_redis.url).flushall()
    return shared_redis
