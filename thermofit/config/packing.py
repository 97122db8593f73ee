"""A longer text as the value of a link's key: compressed, and bounded before it is unpacked."""

import base64
import re
import zlib

from thermofit.errors import ConfigError, Problem, shorten
from thermofit.words import mark

LONGEST_TEXT = 8_000  # characters in a link; much longer addresses are cut on the way
MOST_BYTES = 2**16  # of the unpacked text, so that a small link can't fill the memory

# Both are part of version 1: with another dictionary, old links could no longer be read.
VERSION = "1"
DICTIONARY = (
    "data=thermometer mistake=track-validation mistake=validation-leak mistake=no-no_grad "
    "mistake=no-zero-grad tolerance=1e-0 initial_accumulator_value= decoupled_weight_decay=1 strong_wolfe=1 "
    "history_size= max_iter= t0= lambd= alpha=0. eta_plus=1. eta_minus=0. beta2_decay=-0. centered=1 rho=0. "
    "lr_decay=0.0 momentum_decay=0.0 amsgrad=1 d= eps=1e-0 b0= w0= split_seed= val=0. gradient=manual "
    "gradient=autograd optimizer=SparseAdam optimizer=Adafactor optimizer=Adadelta optimizer=Adagrad "
    "optimizer=by-hand optimizer=LBFGS optimizer=ASGD optimizer=Rprop optimizer=RAdam optimizer=NAdam "
    "optimizer=Adamax optimizer=RMSprop nesterov=1 dampening=0. loss=huber loss=mse loss=mae "
    "scaling=min-max scaling=tenth scaling=none scaling=standardize weight_decay=0.0 beta2=0.99 beta1=0. "
    "momentum=0.9 epochs=500 epochs=2000 epochs=3000 epochs=1000 optimizer=AdamW optimizer=Adam "
    "optimizer=SGD lr=1e-0 lr=0.1 lr=0.00 lr=0.0"
).replace(" ", "\t")
CHECKED = 3  # bytes that show whether the text is complete

UNREADABLE = mark("it can't be read: a part of it is missing or was changed")
WRITTEN_HERE = mark("what thermofit wrote into a link")

_ENCODED = re.compile(r"[A-Za-z0-9_-]+")


def pack(text: str) -> str:
    """The text, compressed, in letters that an address may hold."""
    return pack_bytes(text.encode(), DICTIONARY.encode())


def unpack(key: str, text: str) -> str:
    """The text that was packed; ConfigError, which names `key`, for anything else."""
    return unpack_bytes(key, text, DICTIONARY.encode()).decode(errors="replace")


def pack_bytes(content: bytes, dictionary: bytes = b"") -> str:
    """The same for bytes, and with any dictionary."""
    deflate = zlib.compressobj(9, wbits=-15, zdict=dictionary)
    packed = _check(content) + deflate.compress(content) + deflate.flush()
    return VERSION + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def unpack_bytes(key: str, text: str, dictionary: bytes = b"", longest: int = LONGEST_TEXT) -> bytes:
    """The bytes, at most MOST_BYTES, that were packed with this dictionary, or ConfigError."""
    if len(text) > longest:
        raise _refused(key, text, mark("too long"))
    if text[:1].isdigit() and text[0] != VERSION:
        raise _refused(key, text, mark("written by another version of thermofit"))
    packed = _bytes(text[1:]) if text[:1] == VERSION else b""
    content = _inflated(packed[CHECKED:], dictionary)
    if content is None or packed[:CHECKED] != _check(content):
        raise _refused(key, text, UNREADABLE)
    return content


def _check(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(4, "big")[:CHECKED]


def _bytes(text: str) -> bytes:
    """What the letters stand for; nothing for other letters."""
    if not _ENCODED.fullmatch(text) or len(text) % 4 == 1:
        return b""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _inflated(packed: bytes, dictionary: bytes) -> bytes | None:
    """The content, at most MOST_BYTES; None where it is longer or was not compressed by `pack`."""
    inflate = zlib.decompressobj(wbits=-15, zdict=dictionary)
    try:
        content = inflate.decompress(packed, MOST_BYTES)
    except zlib.error:
        return None
    return content if inflate.eof else None


def _refused(key: str, text: str, reason: str) -> ConfigError:
    return ConfigError(Problem(key, shorten(text), reason, WRITTEN_HERE))
