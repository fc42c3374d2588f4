import { listCatalogues, type PackageWithTexts, readCatalogue } from '../check/find-packages.ts'
import { writeCatalogues, writeLoaders, writeMessageTypes } from './write-files.ts'

/** Creates the files of the folder `generated/` beside the catalogues of a package, by name. */
export function createGeneratedFiles({ folder, isForBrowsers }: PackageWithTexts): Record<string, string> {
  const tags = listCatalogues(folder)
  return {
    'messages.ts': writeMessageTypes(readCatalogue(folder, 'en')),
    'catalogues.ts': isForBrowsers ? writeLoaders(tags) : writeCatalogues(tags),
  }
}
