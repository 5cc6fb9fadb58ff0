// Loaded when an archive is read; the build knows the names that a module of ours exports, not those of a CommonJS package.
export { extract } from 'tar-stream';
