import { installSystemPackages } from './ensure-system-package.mjs';
import { onPath } from './run.mjs';

/**
 * Makes sure that the tests of the shared cache find a real `redis-server`, which they start themselves, and `openssl`,
 * which makes the certificate of the encrypted one.
 */
export async function ensureRedis() {
  if (onPath('openssl') === undefined) {
    const purpose = 'The tests of an encrypted cache need openssl';
    await installSystemPackages(['openssl'], purpose, 'Install OpenSSL and put openssl on the PATH.');
  }
  if (onPath('redis-server') !== undefined) return;
  const purpose = 'The tests of the cache need redis-server';
  await installSystemPackages(['redis-server'], purpose, 'Install Redis and put redis-server on the PATH.');
  if (onPath('redis-server') === undefined) {
    throw new Error('redis-server was installed and is still not on the PATH');
  }
}
