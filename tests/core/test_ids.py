"""Ids are made in any thread, and sort in the order in which they were made."""

from concurrent.futures import ThreadPoolExecutor

from annotator.core.ids import new_id


def test_threads_get_ids_at_the_same_time() -> None:
    with ThreadPoolExecutor(8) as pool:
        every = [id_ for some in pool.map(_many, range(8)) for id_ in some]
    assert len(set(every)) == len(every) == 80_000


def test_ids_sort_as_they_were_made() -> None:
    made = _many(0)
    assert sorted(made) == made


def _many(_turn: int) -> list[str]:
    return [new_id() for _each in range(10_000)]
