"""A writer for formats of one XML file an article: what XML cannot hold is a space, and told."""

from collections.abc import Mapping

from annotator.core.corpus import LabelledArticle
from annotator.core.scheme import Scheme
from annotator.formats.folder_writer import FolderWriter
from annotator.formats.holding import Kept
from annotator.formats.safe_xml import blanked_losses, xml_names


class XmlWriter(FolderWriter):
    """Writes names and texts that XML can hold."""

    def spelled(self, scheme: Scheme) -> Mapping[str, str]:
        """Return the names without what XML cannot hold."""
        return xml_names(super().spelled(scheme))

    def kept(self, labelled: LabelledArticle) -> Kept:
        """Keep all, and tell of control characters."""
        kept = super().kept(labelled)
        kept.losses.extend(blanked_losses(labelled, self.labels))
        return kept
