"""Certificate addresses: every mixture of good and bad parts, and the tricks that parsers fall for."""

from itertools import product

from tests.alexa.verify.table import LET_IN, Table

SCHEMES = {"https": "", "HTTPS": "", "http": "url-scheme", "ftp": "url-scheme"}
HOSTS = {
    "s3.amazonaws.com": "",
    "S3.AmazonAWS.com": "",
    "s3.amazonaws.com.evil.example": "url-host",
    "s3-eu-west-1.amazonaws.com": "url-host",
}
PORTS = {"": "", ":443": "", ":8443": "url-form", ":80": "url-form"}
PATHS = {"/echo.api/{file}": "", "/echo.api/../echo.api/{file}": "", "/EcHo.aPi/{file}": "url-path"}

# Good ones that look odd, and bad ones that look good: (name, address, expected).
SPECIAL = [
    ("a dot segment", "https://s3.amazonaws.com/echo.api/./{file}", LET_IN),
    ("a doubled slash", "https://s3.amazonaws.com/echo.api//{file}", LET_IN),
    ("a doubled slash before the folder", "https://s3.amazonaws.com//echo.api/{file}", LET_IN),
    ("the folder reached from another", "https://s3.amazonaws.com/x/../echo.api/{file}", LET_IN),
    ("above the root and back", "https://s3.amazonaws.com/../../echo.api/{file}", LET_IN),
    ("a folder in the folder", "https://s3.amazonaws.com/echo.api/a/b/{file}", LET_IN),
    ("a fragment", "https://s3.amazonaws.com/echo.api/{file}#chain", LET_IN),
    ("out of the folder", "https://s3.amazonaws.com/echo.api/../evil/{file}", "url-path"),
    ("out of the folder at the end", "https://s3.amazonaws.com/echo.api/{file}/../..", "url-path"),
    ("no folder", "https://s3.amazonaws.com/{file}", "url-path"),
    ("folder as a file", "https://s3.amazonaws.com/echo.api", "url-path"),
    ("folder itself", "https://s3.amazonaws.com/echo.api/", "url-path"),
    ("folder with a longer name", "https://s3.amazonaws.com/echo.apis/{file}", "url-path"),
    ("folder after another", "https://s3.amazonaws.com/x/echo.api/{file}", "url-path"),
    ("bucket as a host", "https://echo.api.s3.amazonaws.com/{file}", "url-host"),
    ("encoded dots", "https://s3.amazonaws.com/echo.api/%2e%2e/evil/{file}", "url-form"),
    ("encoded dots, upper case", "https://s3.amazonaws.com/echo.api/%2E%2E/evil/{file}", "url-form"),
    ("half encoded dots", "https://s3.amazonaws.com/echo.api/.%2e/evil/{file}", "url-form"),
    ("encoded slash", "https://s3.amazonaws.com/echo.api/..%2fevil/{file}", "url-form"),
    ("twice encoded dots", "https://s3.amazonaws.com/echo.api/%252e%252e/evil/{file}", "url-form"),
    ("encoded folder", "https://s3.amazonaws.com/%65cho.api/{file}", "url-form"),
    ("encoded NUL", "https://s3.amazonaws.com/echo.api/%00{file}", "url-form"),
    ("encoded host", "https://s3%2eamazonaws.com/echo.api/{file}", "url-form"),
    ("user name", "https://somebody@s3.amazonaws.com/echo.api/{file}", "url-form"),
    ("user name and password", "https://a:b@s3.amazonaws.com/echo.api/{file}", "url-form"),
    ("host as a user name", "https://s3.amazonaws.com@evil.example/echo.api/{file}", "url-form"),
    ("host and port as a user name", "https://s3.amazonaws.com:443@evil.example/echo.api/{file}", "url-form"),
    ("empty user name", "https://@s3.amazonaws.com/echo.api/{file}", "url-form"),
    ("host in the fragment", "https://evil.example/#@s3.amazonaws.com/echo.api/{file}", "url-form"),
    ("host in the query", "https://evil.example/?https://s3.amazonaws.com/echo.api/{file}", "url-form"),
    ("backslash after the host", "https://s3.amazonaws.com\\@evil.example/echo.api/{file}", "url-form"),
    ("backslashes for slashes", "https:\\\\s3.amazonaws.com\\echo.api\\{file}", "url-form"),
    ("backslash in the path", "https://s3.amazonaws.com/echo.api\\..\\evil/{file}", "url-form"),
    ("dot at the host's end", "https://s3.amazonaws.com./echo.api/{file}", "url-host"),
    ("host with a prefix", "https://evils3.amazonaws.com/echo.api/{file}", "url-host"),
    ("host with a subdomain", "https://x.s3.amazonaws.com/echo.api/{file}", "url-host"),
    ("host spelt otherwise", "https://s3.amaz0naws.com/echo.api/{file}", "url-host"),
    ("full-width letters in the host", "https://s3.amazonaws.ｃom/echo.api/{file}", "url-form"),
    ("ideographic full stop in the host", "https://s3。amazonaws.com/echo.api/{file}", "url-form"),
    ("host as an address", "https://52.216.0.1/echo.api/{file}", "url-host"),
    ("loopback", "https://127.0.0.1/echo.api/{file}", "url-host"),
    ("host as an IPv6 address", "https://[::1]/echo.api/{file}", "url-form"),
    ("metadata service", "https://169.254.169.254/echo.api/{file}", "url-host"),
    ("empty port", "https://s3.amazonaws.com:/echo.api/{file}", "url-form"),
    ("port with a zero before it", "https://s3.amazonaws.com:0443/echo.api/{file}", "url-form"),
    ("port that wraps to 443", "https://s3.amazonaws.com:65979/echo.api/{file}", "url-form"),
    ("negative port", "https://s3.amazonaws.com:-443/echo.api/{file}", "url-form"),
    ("port of words", "https://s3.amazonaws.com:https/echo.api/{file}", "url-form"),
    ("two ports", "https://s3.amazonaws.com:443:443/echo.api/{file}", "url-form"),
    ("a query", "https://s3.amazonaws.com/echo.api/{file}?versionId=1", "url-form"),
    ("parameters", "https://s3.amazonaws.com/echo.api/{file};a=b", "url-form"),
    ("blank before", " https://s3.amazonaws.com/echo.api/{file}", "url-form"),
    ("blank after", "https://s3.amazonaws.com/echo.api/{file} ", "url-form"),
    ("tab in the host", "https://s3.amazon\taws.com/echo.api/{file}", "url-form"),
    ("line break in the path", "https://s3.amazonaws.com/echo.api/\r\nHost: evil.example/{file}", "url-form"),
    ("no scheme", "s3.amazonaws.com/echo.api/{file}", "url-form"),
    ("relative scheme", "//s3.amazonaws.com/echo.api/{file}", "url-form"),
    ("one slash", "https:/s3.amazonaws.com/echo.api/{file}", "url-form"),
    ("three slashes", "https:///s3.amazonaws.com/echo.api/{file}", "url-form"),
    ("a file of this machine", "file:///echo.api/{file}", "url-form"),
    ("data for an address", "data:application/x-pem-file;base64,AAAA", "url-form"),
    ("two addresses", "https://s3.amazonaws.com/echo.api/{file},https://evil.example/{file}", "url-form"),
    ("words", "certificate", "url-form"),
    ("very long", "https://s3.amazonaws.com/echo.api/" + "a" * 2000 + "/{file}", "header-length"),
]


def add_addresses(table: Table) -> None:
    for scheme, host, port, path in product(SCHEMES, HOSTS, PORTS, PATHS):
        found = [PORTS[port], SCHEMES[scheme], HOSTS[host], PATHS[path]]
        address = f"{scheme}://{host}{port}{path}"
        table.add(f"address {address}", next(filter(None, found), LET_IN), url=address)
    for name, address, expected in SPECIAL:
        table.add(f"address: {name}", expected, url=address)
