import { describe, expect, it } from 'vitest';
import { visibleText } from './visible.js';

describe('visibleText', () => {
  it('cuts the mail a German Outlook puts below the answer', () => {
    const text =
      'Danke, das passt.\n\nVon: Ben <ben@shop.example>\nGesendet: Montag, 2. März 2026 10:00\nAn: Ana\nBetreff: AW: Bestellung\n\nHallo Ana';
    expect(visibleText(text)).toBe('Danke, das passt.');
  });

  it.each([
    'On Mon, Mar 2, 2026 at 10:00 AM Ben Hill <ben@shop.example> wrote:',
    'On Mon, Mar 2, 2026 at 10:00 AM Ben Hill\n<ben@shop.example> wrote:',
    'Am 02.03.2026 um 10:00 schrieb Ben Hill:',
    'Le lun. 2 mars 2026 à 10:00, Ben <ben@shop.example> a écrit :',
    'El 2 mar 2026, a las 10:00, Ben <ben@shop.example> escribió:',
    'Op ma 2 mrt. 2026 om 10:00 schreef Ben <ben@shop.example>:',
    'пн, 2 мар. 2026 г. в 10:00, Ben <ben@shop.example>:',
    '2026年3月2日(月) 10:00 Ben <ben@shop.example>:',
    '-----Original Message-----',
    '-----Ursprüngliche Nachricht-----',
  ])('cuts below %s', (line) => {
    expect(visibleText(`Thanks, that works.\n\n${line}\n\n> Hello Ana`)).toBe('Thanks, that works.');
    expect(visibleText(`Thanks, that works.\n\n${line}\n\nHello Ana`)).toBe('Thanks, that works.');
  });

  it('keeps answers written between the lines of a quote', () => {
    const text =
      'On Mon, Mar 2, 2026 at 10:00 AM Ben <ben@shop.example> wrote:\n> Which size?\nMedium\n> Which colour?\nBlue';
    expect(visibleText(text)).toBe('Medium\nBlue');
  });

  it.each([
    '-- \nAna Fox\nFox Ltd',
    'Sent from my iPhone',
    'Best regards,\nAna Fox',
    'Mit freundlichen Grüßen\nAna Fox',
    '- Ana',
  ])('cuts the signature %j', (signature) => {
    expect(visibleText(`It is broken.\n\n${signature}`)).toBe('It is broken.');
  });

  it.each([
    'I had to wait, with regards to the order, until 10:00.',
    'From: my point of view it is fine.',
    'On Monday at 10:00 I called, and nobody answered.',
    'Sent from my old flat, it never arrived.',
    'He wrote:\nnothing at all',
  ])('takes nothing from %j', (text) => {
    expect(visibleText(text)).toBe(text);
  });

  it('shows all when nothing else would remain', () => {
    expect(visibleText('> only a quote')).toBe('> only a quote');
    expect(visibleText('Best regards,\nAna')).toBe('Best regards,\nAna');
  });
});
