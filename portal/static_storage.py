"""Static files under names that carry their content, compressed; libraries' source maps are not looked for."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    patterns = tuple(
        (extension, tuple(each for each in patterns if "sourceMappingURL" not in str(each)))
        for extension, patterns in CompressedManifestStaticFilesStorage.patterns
    )
