#!/usr/bin/env python3
"""Verifies a bundle as docs/bundle-format.md says: verify-bundle.py FILE [POLICY]. Needs openssl, and nothing else."""
import base64, hashlib, pathlib, re, subprocess, sys, tempfile
VERDICTS = ['ok', *range(1, 10), 'content-changed', 'link-broken', 'missing', 'root-mismatch', 'signature-invalid',
            'not-append-only', 'structure-damaged', 'unreadable']
TITLE, NUMBER, LIMIT = b'topout-bundle/v1\n', rb'(0|[1-9][0-9]{0,14})', 524288
DER, KEY_NAME, FILE = bytes.fromhex('302a300506032b6570032100'), r'[\s+\x00-\x1f\x7f-\x9f]', rb'"sha256":"([0-9a-f]{64})"'
BODY = re.compile(rb',"id":"([^"\\]*)","prev":"([A-Za-z0-9_-]{43})","rev":' + NUMBER +
                  rb',"schema":[0-9]+,"stream":"([a-z0-9-]+)","type":"[A-Za-z0-9]+","v":1}\Z')
def need(holds, verdict, why):
    if not holds: raise AssertionError(verdict, why)
def form(holds, text): need(holds, 'structure-damaged', 'not of its form: ' + ascii(text[:100].decode(errors='replace')))
def chars(data, forbidden): form(not re.search(forbidden, data.decode()), data)
def sha(*parts): return hashlib.sha256(b''.join(parts)).digest()
def pop(path): return path.pop() if path else b''
def match(pattern, text):
    found = re.fullmatch(pattern, text, re.DOTALL)
    form(found, text)
    return found[1] if found.re.groups == 1 else found.groups()
def b64(text, length):
    data = base64.b64decode(text, validate=True)
    form(base64.b64encode(data) == text and length in (0, len(data)), text)
    return data
def read_key(text, kind):
    name, key_id, encoded = match(rb'([^+]+)\+([0-9a-f]{8})\+(.*)', text)
    key = b64(encoded, 33)
    chars(name, KEY_NAME)
    form(key[0] == kind and sha(name, b'\n', key)[:4].hex().encode() == key_id, text)
    return name, key_id, key[1:]
def read_policy(data):
    chars(data, r'[\x00-\x08\x0b-\x1f\x7f]')
    logs, witnesses, groups, used, quorum = [], {}, {}, set(), None
    for line in data.split(b'\n'):
        kind, *rest = [word for word in re.split(rb'[ \t]+', line) if word] or [b'#']
        known = set(witnesses) | set(groups)
        fresh = len(known) < 64 and rest and rest[0] not in known | {b'none'}
        if kind == b'log' and len(rest) in (1, 2):
            logs.append(read_key(rest[0], 1))
            form(len({key[2] for key in logs}) == len(logs) <= 64, line)
        elif kind == b'witness' and len(rest) in (2, 3) and fresh:
            witnesses[rest[0]] = read_key(rest[1], 4)
            form(len({key[2] for key in witnesses.values()}) == len(witnesses), line)
        elif kind == b'group' and len(rest) > 2 and fresh:
            members = set(rest[2:])
            least = {b'all': len(members), b'any': 1}.get(rest[1]) or int(match(NUMBER, rest[1]))
            form(len(members) == len(rest) - 2 and 1 <= least <= len(members) and members <= known - used, line)
            used, groups[rest[0]] = used | members, (least, members)
        elif not kind.startswith(b'#'):
            form(kind == b'quorum' and len(rest) == 1 and quorum is None and rest[0] in known | {b'none'}, line)
            quorum = rest[0]
    form(quorum is not None, data)
    return logs, witnesses, groups, quorum
def read_note(rows):
    data = b''.join(row + b'\n' for row in rows)
    chars(data, r'[\x00-\x09\x0b-\x1f]')
    text, _, lines = data.rpartition(b'\n\n')
    form(lines.endswith(b'\n') and lines.count(b'\n') <= 100, data)
    origin, size, root = match(rb'([^\n]+)\n' + NUMBER + rb'\n([^\n]+)', text)
    parts = [match('— '.encode() + rb'([^ ]+) ([^ ]+)', line) for line in lines.split(b'\n')[:-1]]
    chars(b''.join(name for name, _ in parts), KEY_NAME)
    signatures = [(name, b64(encoded, 0)[:4].hex().encode(), b64(encoded, 0)[4:]) for name, encoded in parts]
    form(all(one[2] for one in signatures), data)
    return text + b'\n', origin, int(size), b64(root, 32), signatures
def signed(note, key, skipped=0):  # a cosignature has eight bytes of time before it
    lines = [line[2] for line in note[4] if line[:2] == key[:2]]
    for line in lines:
        time = b'cosignature/v1\ntime %d\n' % int.from_bytes(line[:8], 'big') if skipped else b''
        with tempfile.TemporaryDirectory() as folder:
            for name, data in ('k', DER + key[2]), ('m', time + note[0]), ('s', line[skipped:]):
                pathlib.Path(folder, name).write_bytes(data)
            args = 'openssl pkeyutl -verify -pubin -keyform DER -rawin -inkey k -in m -sigfile s'.split()
            ok = len(line) == 64 + skipped and not subprocess.run(args, cwd=folder, capture_output=True).returncode
        need(ok, 'signature-invalid', 'the signature of %s is not valid' % key[0].decode())
    return bool(lines)
def roots(index, size, path, node, is_leaf):  # by a proof, from the top down: up to the index, and of all (RFC 6962)
    if size == 1 or index == size - 1 and not is_leaf:
        return (node or pop(path),) * 2
    left, h = 1 << (size - 1).bit_length() - 1, pop(path)
    if index < left:
        old, new = roots(index, left, path, node, is_leaf)
        return old, sha(b'\1', new, h)
    old, new = roots(index - left, size - left, path, node if is_leaf else None, is_leaf)
    return sha(b'\1', h, old), sha(b'\1', h, new)

def verify(file, own):
    seen, earlier = [TITLE], None
    def line():
        seen.append(file.readline(LIMIT + 1))
        form(len(seen[-1]) <= LIMIT or seen[-1].endswith(b'\n'), seen[-1])
        need(seen[-1].endswith(b'\n'), 'missing', 'the file ends before the line "end"')
        return seen[-1][:-1]
    def group(name, text):
        count = int(match(name + b' ' + NUMBER, text))
        form(count <= 1000, name)
        return [line() for _ in range(count)]
    need(file.readline(LIMIT) == TITLE, 'unreadable', 'the first line is not that of a bundle')
    stream, count = match(rb'stream ([a-z0-9-]+)', line()), int(match(rb'entries ([1-9][0-9]{0,14})', line()))
    policy, checkpoint, text = group(b'policy', line()), group(b'checkpoint', line()), line()
    if text.startswith(b'earlier '):
        earlier, path, text = group(b'earlier', text), group(b'consistency', line()), line()
    stated, policy = match(rb'head ([0-9a-f]{64})', text), read_policy(b'\n'.join(policy))
    (logs, witnesses, groups, quorum), note = own or policy, read_note(checkpoint)
    need(any([signed(note, key) for key in logs if key[0] == note[1]]), 'signature-invalid', 'no log signed it')
    cosigned = {b'none'} | {name for name, key in witnesses.items() if signed(note, key, 8)}
    for name, (least, members) in groups.items():
        cosigned |= {name} if len(members & cosigned) >= least else set()
    need(quorum in cosigned, 'signature-invalid', 'too few cosignatures')
    if earlier is not None:
        old, path = read_note(earlier), [b64(one, 32) for one in path]
        need(any([signed(old, key) for key in logs if key[0] == old[1]]), 'signature-invalid', 'no log signed it')
        holds = old[1] == note[1] and 0 < old[2] <= note[2]
        holds = holds and roots(old[2] - 1, note[2], path, old[3], False) == (old[3], note[3]) and not path
        need(holds, 'not-append-only', 'it does not continue the earlier checkpoint')
    form(sha(*seen[:-1]).hex().encode() == stated, text)
    prev, index, number, files, text = b'A' * 43, -1, 0, set(), line()
    while text.startswith(b'entry '):
        form(number < count, text)
        leaf, body, why = b64(text[6:], 32), line(), 'entry %d' % (number + 1)
        need(sha(b'\0', body) == leaf, 'content-changed', why)
        end = BODY.search(body)
        form(end and end[4] == stream, body[-200:])
        need(int(end[3]) == number, 'missing' if int(end[3]) > number else 'structure-damaged', why)
        need(end[2] == prev, 'link-broken', why)
        proof = group(b'proof', line())
        form(2 <= len(proof) <= 65 and proof[0] == b'c2sp.org/tlog-proof@v1', b'proof')
        before, index, path = index, int(match(rb'index ' + NUMBER, proof[1])), [b64(one, 32) for one in proof[2:]]
        form(index > before, proof[1])
        holds = index < note[2] and roots(index, note[2], path, leaf, True)[1] == note[3] and not path
        need(holds, 'root-mismatch', why)
        files |= set(re.findall(FILE, body))
        prev, number, text = base64.urlsafe_b64encode(leaf)[:43], number + 1, line()
        del seen[:]
    need(number == count, 'missing', '%d entries of %d' % (number, count))
    listed = [b'']
    while text.startswith(b'file '):
        listed.append(match(rb'file ([0-9a-f]{64})', text))
        form(listed[-1] in files and listed[-1] > listed[-2], text)
        text = line()
    form(text == b'end', text)
    need(len(listed) > len(files), 'missing', 'a file of an entry is not listed')
    form(not file.read(1), b'bytes after the line "end"')
    return 'ok', '%d entries of %s, in a tree of %d with the root %s' % (number, stream.decode(), note[2], note[3].hex())
try:
    own = read_policy(open(sys.argv[2], 'rb').read()) if len(sys.argv) > 2 else None
    verdict, why = verify(open(sys.argv[1], 'rb'), own)
except (AssertionError, ValueError, OSError) as fault:  # a ValueError is no base64 or no UTF-8
    said = 'unreadable' if isinstance(fault, OSError) else 'structure-damaged'
    verdict, why = fault.args if isinstance(fault, AssertionError) else (said, fault)
print('%s: %s' % (verdict, why))
sys.exit(VERDICTS.index(verdict))
