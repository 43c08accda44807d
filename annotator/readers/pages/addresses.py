"""Addresses on the web, as files give them: often in part, sometimes wrong."""

import re
from urllib.parse import urljoin, urlsplit

_DAY = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-]([0-3]\d)(?=[/_-])")


def host(url: str) -> str:
    """Return the host in an address, without "www."; "" when it is none of the web."""
    try:
        parts = urlsplit(url)
        return (
            (parts.hostname or "").removeprefix("www.") if parts.scheme.startswith("http") else ""
        )
    except ValueError:
        return ""


def absolute(base: str, url: str) -> str:
    """Return an address that may begin in the middle as a whole one; "" when that cannot be."""
    try:
        whole = urljoin(base.strip(), url.strip()) if url.strip() else ""
    except ValueError:
        return ""
    return whole if host(whole) else ""


def day_in(url: str) -> str:
    """Return the day that newspapers put into addresses, as ISO date; "" when there is none."""
    match = _DAY.search(url) if host(url) else None
    return "-".join(match.groups()) if match else ""
