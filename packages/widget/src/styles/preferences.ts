import { css } from 'lit';

/** What the visitor asked of his system. */
export const preferences = css`
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation-duration: 1ms !important;
      animation-iteration-count: 1 !important;
      transition: none !important;
    }
    .launcher:hover,
    .launcher:active,
    .send:active {
      transform: none;
    }
  }
  @media (forced-colors: active) {
    .launcher,
    .send,
    .close {
      border-color: ButtonText;
    }
    .bubble {
      border-color: CanvasText;
    }
    .visitor .bubble {
      border-width: 2px;
    }
    .header {
      border-block-end: 1px solid CanvasText;
    }
    .field:focus-within {
      outline: 2px solid Highlight;
    }
    .dots i {
      background: CanvasText;
    }
  }
`;
