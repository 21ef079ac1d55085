// CommonJS companions of Nest require() its ESM core; Jest reports a cycle unless the core is evaluated first.
await import('@nestjs/common');
await import('@nestjs/core');
