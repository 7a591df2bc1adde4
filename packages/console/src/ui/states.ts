import { html, type TemplateResult } from 'lit';
import { sayError, t } from '../texts.js';
import { icon } from './icons.js';

export const loading = (): TemplateResult => html`<p class="state loading" role="status">${t('console.loading')}</p>`;

export const failed = (error: unknown, retry: () => void): TemplateResult => html`
  <div class="state" role="alert">
    ${icon('warn')}
    <p>${sayError(error)}</p>
    <button type="button" @click=${retry}>${icon('again')}${t('console.retry')}</button>
  </div>
`;
