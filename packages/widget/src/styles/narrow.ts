/** Where the panel fills the screen: phones, and small windows or great zoom. */
export const narrowScreen = '(max-width: 30rem), (max-height: 26rem)';
