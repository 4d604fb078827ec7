// A clone needs no download: the PDF finds a browser by itself (see src/render/browser.ts).
module.exports = { skipDownload: true };
