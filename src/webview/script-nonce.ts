/** webpack's name for what it gives to the scripts that `import()` adds to the page. */
// eslint-disable-next-line prefer-const -- it is set here
declare let __webpack_nonce__: string | undefined;

/** The page's policy lets no script in without it. Known only while the page's own script is first run. */
__webpack_nonce__ = document.currentScript?.nonce;

export {};
