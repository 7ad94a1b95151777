import { describe, expect, it, vi } from 'vitest';
import { simulatedPool } from '../../src/config/models/simulated-pool';
import type { Deployment } from '../../src/core/terms/deployment';
import type { PriceBook } from '../../src/core/terms/ports';
import { createPriceBook } from '../../src/providers/prices/prices';
import { createAbilityOf } from '../../src/vendors/ability-of';
import { abilityOf } from '../../src/vendors/model-abilities';
import { deploymentWith, price } from '../core/simulation';

const unpriced: Pick<PriceBook, 'costOf'> = { costOf: () => ({ kind: 'unknown' }) };

function named(model: string, change: Partial<Deployment> = {}): Deployment {
  return deploymentWith('own name', { model, apiBase: 'https://gateway.example/v1', ...change });
}

describe('what is known of a deployment', () => {
  it('is what the table says of its model, whatever it is called here', () => {
    const found = createAbilityOf(unpriced)(named('gpt-5.4'));
    expect(found).toEqual(abilityOf(named('gpt-5.4')));
    expect(found).toMatchObject({ knownFrom: 'figures', knownAs: 'gpt-5.4' });
  });

  it('is that of the model that an alias stands for', () => {
    expect(createAbilityOf(unpriced)(named('prod-2', { pricedAs: 'gpt-5.4' }))?.knownAs).toBe('gpt-5.4');
  });

  it('is nothing of simulated models', () => {
    const known = createAbilityOf(createPriceBook());
    for (const deployment of simulatedPool.deployments) expect(known(deployment)).toBeUndefined();
  });

  it('follows from a price where the name says nothing: three of input to one of output', () => {
    const priced = named('wholly-new', { price: { inputUsdPerToken: 1e-6, outputUsdPerToken: 9e-6 } });
    const found = createAbilityOf(createPriceBook())(priced);
    expect(found?.knownFrom).toBe('price');
    expect(found?.ability).toBeCloseTo(abilityOf(priced, 3).ability, 9);
    expect(createAbilityOf(createPriceBook())(named('wholly-new', { price: price(0) }))?.knownFrom).toBe(
      'nothing',
    );
  });

  it('is that of usual requests where long ones cost more', () => {
    const longInput = [{ aboveInputTokens: 10_000, inputUsdPerToken: 1 }];
    const long = named('wholly-new', { price: { ...price(1e-6), longInput } });
    expect(createAbilityOf(createPriceBook())(long)?.ability).toBe(
      createAbilityOf(createPriceBook())(named('wholly-new', { price: price(1e-6) }))?.ability,
    );
  });

  it('is looked up once, and again when its price becomes known', () => {
    const costOf = vi.fn<PriceBook['costOf']>().mockReturnValue({ kind: 'unknown' });
    const known = createAbilityOf({ costOf });
    const deployment = named('wholly-new');
    const first = known(deployment);
    expect(known(deployment)).toBe(first);
    costOf.mockReturnValue({ kind: 'exact', usd: 0.003 });
    expect(known(deployment)?.knownFrom).toBe('price');
    expect(known(deployment)).toBe(known(deployment));
  });
});
