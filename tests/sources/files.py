"""One article in every format that kg reads, built here so that no binary file lies in the repository."""

from __future__ import annotations

import io
import json
import zipfile

TITLE = "海州区党政代表团赴青河县对接东西部协作"
PARAGRAPHS = (
    "5月21日至22日，海州区委书记林远山带领党政代表团赴青河县对接东西部协作工作，青河县委书记白志强陪同。",
    "代表团一行来到青河县电商服务中心，察看了产业园区的建设情况，并走访了结对的学校和医院。",
    "座谈会上，两地签订了战略合作协议，海州区向青河县捐赠帮扶资金三百万元。",
)
TEXT = "\n".join((TITLE, *PARAGRAPHS))


def html() -> bytes:
    links = "".join(f'<li><a href="/{i}">其他新闻的标题{i}</a></li>' for i in range(30))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = (
        f'<html><head><meta charset="gb2312"><title>{TITLE}</title></head><body><ul>{links}</ul>'
        f"<div><h1>{TITLE}</h1><div>2019-05-24 来源：海州报 作者：李小文</div>{body}</div>"
        f"<ul>{links}</ul></body></html>"
    )
    return page.encode("gb18030")


def docx() -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    runs = "".join(
        f"<w:p><w:r><w:t>{part[:9]}</w:t></w:r><w:r><w:t>{part[9:]}</w:t></w:r></w:p>" for part in (TITLE, *PARAGRAPHS)
    )
    struck = "<w:p><w:del><w:r><w:delText>删去的话。</w:delText></w:r></w:del></w:p>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{runs}{struck}</w:body></w:document>'
        )
    return out.getvalue()


def pdf(lines: tuple[str, ...] = (TITLE, *PARAGRAPHS)) -> bytes:
    text = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td " for line in lines)
    stream = f"BT /F1 10 Tf 20 800 Td {text}ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


MARKDOWN = f"---\ntitle: {TITLE}\ndate: 2019-05-24\n---\n# {TITLE}\n\n" + "\n\n".join(
    paragraph.replace("代表团", "**代表团**").replace("青河县", "[青河县](http://example.com/q)")
    for paragraph in PARAGRAPHS
)
FIELDS = {"标题": TITLE, "正文": "\n".join(PARAGRAPHS), "日期": "2019-05-24", "来源": "海州报"}
CSV = ",".join(FIELDS) + "\n" + ",".join(f'"{value}"' for value in FIELDS.values()) + "\n"

ARTICLES: dict[str, bytes] = {
    ".txt": TEXT.encode("utf-8"),
    ".text": TEXT.encode("utf-16"),
    ".md": MARKDOWN.encode("utf-8"),
    ".markdown": MARKDOWN.encode("gb18030"),
    ".html": html(),
    ".htm": html(),
    ".xhtml": html(),
    ".jsonl": json.dumps(FIELDS, ensure_ascii=False).encode("utf-8"),
    ".ndjson": json.dumps(FIELDS).encode("ascii"),
    ".csv": CSV.encode("gb18030"),
    ".tsv": CSV.replace(",", "\t").encode("utf-8-sig"),
    ".docx": docx(),
    ".pdf": pdf(),
    ".zip": packed(article_txt=TEXT.encode("utf-8")),
}
