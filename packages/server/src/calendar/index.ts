export { isOpen } from './hours.js';
