export { isOpen, nextChange, nextOpening } from './hours.js';
