import { csv } from '.';

const texteDe = async (blob: Blob): Promise<string> => new TextDecoder('utf-8', { ignoreBOM: true }).decode(await blob.arrayBuffer());

describe('csv', () => {
  it('writes what a French spreadsheet opens', async () => {
    const texte = await texteDe(
      csv([
        ['Client', 'Total'],
        ['Œillet & Fils', 123456],
        ['Avoir', -50],
      ]),
    );
    expect(texte).toBe('\ufeffClient;Total\r\nŒillet & Fils;1234,56\r\nAvoir;-0,50\r\n');
  });

  it('quotes separators and disarms formulas', async () => {
    expect(await texteDe(csv([['a;b', 'dit "x"', '=1+1', '-2', '@x']]))).toBe(`\ufeff"a;b";"dit ""x""";'=1+1;'-2;'@x\r\n`);
  });
});
