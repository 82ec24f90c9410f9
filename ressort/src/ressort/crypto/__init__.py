"""Secret texts in Spring Cloud Config's formats: ``{cipher}…`` under a password, an RSA key or a key store.

What needs the library of ciphers (the extra ``crypto``) is in `ressort.crypto.encryptors` and imported only where there
is a key.
"""

from ressort.crypto.ciphers import MARK, Prefixed, is_cipher, split_prefixes
from ressort.crypto.errors import CannotDecryptError, CryptoError, KeyFormatError
from ressort.crypto.finding import Encryptors, TextEncryptor, decrypt_value

__all__ = [
    "MARK",
    "CannotDecryptError",
    "CryptoError",
    "Encryptors",
    "KeyFormatError",
    "Prefixed",
    "TextEncryptor",
    "decrypt_value",
    "is_cipher",
    "split_prefixes",
]
