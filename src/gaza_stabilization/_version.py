"""The one place where the version is kept: of the package and of its data.

Between releases it is the version that the tables will have, with `.dev0` behind it.
"""

VERSION = "1.0.0"
