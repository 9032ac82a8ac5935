import packageFile from '../package.json' with { type: 'json' }

/** The one version of the product, as package.json says it. */
export const VERSION: string = packageFile.version
