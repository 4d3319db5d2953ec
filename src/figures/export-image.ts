/** Colours and type families stand in the page's style sheet; a file must carry their values itself. */
function ownStyle(svg: SVGSVGElement): string {
  const names = new Set([...svg.outerHTML.matchAll(/var\((--[a-z0-9-]+)/g)].map((match) => match[1]!));
  // `attention-mid` and the like stand inside color-mix(), which the pattern above finds as well.
  const computed = getComputedStyle(svg);
  const values = [...names].map((name) => `${name}:${computed.getPropertyValue(name).trim()}`);
  return `:root{${values.join(';')}}[data-target]{display:none}`;
}

/** A figure as the text of an SVG file that looks the same by itself. */
export function toSvgText(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const style = document.createElementNS('http://www.w3.org/2000/svg', 'style');
  style.textContent = ownStyle(svg);
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(svg).getPropertyValue('--paper').trim());
  copy.prepend(style, ground);
  return new XMLSerializer().serializeToString(copy);
}

/** A figure as a PNG of `scale` times its size on the page. */
export async function toPng(svg: SVGSVGElement, scale = 2): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(toSvgText(svg))}`;
  await image.decode();
  const { width, height } = svg.getBoundingClientRect();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    const failed = () => reject(new Error(`no PNG of ${canvas.width} × ${canvas.height}`));
    canvas.toBlob((blob) => (blob ? resolve(blob) : failed()));
  });
}

/** Hands a file to the reader. */
export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
