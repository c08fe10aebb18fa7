"""Rule 8: a peer is the key that the handshake proved (goto fail, CVE-2014-1266; GnuTLS, CVE-2020-13777)."""

import base64
import os
import ssl
import tempfile

import strange_certificates
from common import Identity, kind, main, say_line, still_there
from ed25519_identity import ED25519, certificate, der, pem, public_key


def context_of(pems=None, alpn=('sockterm/1',), version=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if version:
        context.maximum_version = version
    if alpn:
        context.set_alpn_protocols(list(alpn))
    if pems:
        with tempfile.NamedTemporaryFile('w', suffix='.pem') as file:
            file.write(pems)
            file.flush()
            context.load_cert_chain(file.name)
    return context


def shake_hands(target, context, session=None):
    """A TLS connection that shows what it is given; says how far it got."""
    secure = context.wrap_socket(target.plain(), session=session)
    target.opened.append(secure)
    say_line(alpn=secure.selected_alpn_protocol(), reused=secure.session_reused)
    return secure


def watch_bytes(secure):
    try:
        while data := secure.recv(4096):
            say_line(bytes=len(data))
    except ssl.SSLError as error:
        say_line(alert=error.reason)
    say_line(closed=True)


def strange(name, pems=None, **options):
    def misbehave(target):
        try:
            watch_bytes(shake_hands(target, context_of(pems, **options)))
        except ssl.SSLError as error:
            say_line(closed=True, alert=error.reason)

    misbehave.__name__ = name
    kind(misbehave)


LANE = ('sockterm-lane/1',)
strange('no_certificate')
strange('no_certificate_lane', alpn=LANE)
strange('rsa', strange_certificates.RSA)
strange('p256', strange_certificates.P256)
strange('ed448', strange_certificates.ED448)
strange('p256_lane', strange_certificates.P256, alpn=LANE)
strange('wrong_alpn', alpn=('h2', 'http/1.1'))
strange('other_version_alpn', alpn=('sockterm/2',))
strange('tls12', version=ssl.TLSVersion.TLSv1_2)


def private_key(seed):
    return pem('PRIVATE KEY', der(0x30, der(0x02, b'\0'), ED25519, der(0x04, der(0x04, seed))))


@kind
def own_key(target):
    """With the key of the program itself, stolen: counts as one of its owner's programs, and inherits nothing."""
    lines = (target.home / 'state' / 'identity.pem').read_text().splitlines()
    seed = base64.b64decode(''.join(lines[1:-1]))[-32:]
    identity = Identity()
    identity.key.write_text(private_key(seed))
    identity.certificate.write_text(pem('CERTIFICATE', certificate(seed)))
    still_there(target.connect('myself', identity))


@kind
def broken_signature(target):
    """A certificate that nobody has signed: the key counts, which the handshake proves, and nothing else of it."""
    seed = os.urandom(32)
    whole = certificate(seed)[:-64] + os.urandom(64)
    identity = Identity()
    identity.key.write_text(private_key(seed))
    identity.certificate.write_text(pem('CERTIFICATE', whole))
    say_line(peerId=public_key(seed).hex())
    still_there(target.connect('unsigned', identity))


@kind
def resumed(target):
    """Comes back with the session of before: it has to prove its key again (Node, CVE-2020-8172)."""
    identity = Identity()
    context = context_of(identity.key.read_text() + identity.certificate.read_text())
    first = shake_hands(target, context)
    first.recv(4096)
    session = first.session
    say_line(ticket=bool(session and session.has_ticket))
    first.close()
    second = shake_hands(target, context, session)
    say_line(length=len(second.recv(4096)))


main()
