/** Points an inch of a PDF's page. */
const POINTS = 72;
/** Pixels an inch, at which pictures are printed. */
const DENSITY = 300;

/** A page of PDF that is a picture: a JPEG of so many pixels. */
export function imagePdf(jpeg: Uint8Array<ArrayBuffer>, width: number, height: number): Blob {
  const [w, h] = [width, height].map((pixels) => ((pixels * POINTS) / DENSITY).toFixed(2));
  const draw = `q ${w} 0 0 ${h} 0 0 cm /P Do Q`;
  const objects: (string | Uint8Array<ArrayBuffer>)[][] = [
    ["<< /Type /Catalog /Pages 2 0 R >>"],
    ["<< /Type /Pages /Kids [3 0 R] /Count 1 >>"],
    [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${w} ${h}] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> >>`,
    ],
    [`<< /Length ${draw.length} >>\nstream\n${draw}\nendstream`],
    [
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>\nstream\n`,
      jpeg,
      "\nendstream",
    ],
  ];
  const parts: (string | Uint8Array<ArrayBuffer>)[] = [];
  let length = 0;
  const add = (part: string | Uint8Array<ArrayBuffer>): void => {
    parts.push(part);
    length += part.length;
  };
  add("%PDF-1.4\n");
  const places = objects.map((content, k) => {
    const place = length;
    add(`${k + 1} 0 obj\n`);
    for (const part of content) add(part);
    add("\nendobj\n");
    return place;
  });
  const table = length;
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`);
  add(
    `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows.join("")}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`,
  );
  return new Blob(parts, { type: "application/pdf" });
}
