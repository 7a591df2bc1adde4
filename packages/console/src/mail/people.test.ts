import { assert } from 'chai';
import { addressesOf, isUnusable, parseLine, typedAll } from './people.js';

describe('who gets a mail', () => {
  it('is read from what one types or pastes', () => {
    assert.deepEqual(parseLine('Ana Lima <ana@lima.example>; ben@acme.example,\nana@lima.example').addresses, [
      'ana@lima.example',
      'ben@acme.example',
    ]);
    assert.deepEqual(parseLine('ana@lima, carl').wrong, ['ana@lima', 'carl']);
  });

  it('can be used if there is somebody and nothing else', () => {
    assert.isFalse(isUnusable({ to: 'ana@lima.example', cc: '', bcc: '' }));
    assert.isTrue(isUnusable({ to: '', cc: 'ana@lima.example', bcc: '' }));
    assert.isTrue(isUnusable({ to: 'ana@lima.example', cc: 'carl', bcc: '' }));
  });

  it('is the same typed as told', () => {
    const cc = [{ address: 'carl@lima.example', name: 'Carl' }];
    const people = typedAll({ to: [{ address: 'ana@lima.example', name: '' }], cc });
    assert.deepEqual(addressesOf(people), { to: ['ana@lima.example'], cc: ['carl@lima.example'], bcc: [] });
  });
});
