/** webpack's name for what it gives to the scripts that `import()` adds to the page. */
declare let __webpack_nonce__: string | undefined;

// The page's policy lets no script in without it. Known only while the page's own script is first run.
// eslint-disable-next-line prefer-const -- webpack declares it, and reads it later
__webpack_nonce__ = document.currentScript?.nonce;

export {};
