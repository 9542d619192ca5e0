"""Check the data, as `gaza-stabilization validate` does: python validate.py --help."""

import sys

try:
    from gaza_stabilization.cli import main
except ModuleNotFoundError as error:
    print(f"{error}; install the package first: python -m pip install -e .", file=sys.stderr)
    sys.exit(2)

if __name__ == "__main__":
    sys.exit(main(["validate", *sys.argv[1:]]))
