export const collaboration = {
  'collaboration.closed.badMessage':
    'The newsroom can’t read what this copy of the story sends. Your work is kept on this computer. Update Galley. If this goes on, copy the story into a new one.',
  'collaboration.closed.forged':
    'This copy of the story has changes in another person’s name, which the newsroom rejects. Your work is kept on this computer. Copy it into a new story and tell your administrator.',
  'collaboration.closed.incomplete':
    'This copy of the story builds on changes that the newsroom never received. Your work is kept on this computer. Copy it into a new story and tell your administrator.',
  'collaboration.closed.loadFailed':
    'The newsroom can’t read this story right now. Your work is kept on this computer. Tell your administrator.',
  'collaboration.closed.notStored':
    'The newsroom can’t save this story right now. Your work is kept on this computer and will be sent again.',
  'collaboration.closed.tooFast':
    'Galley sent more at once than the newsroom accepts. Your work is kept on this computer and will be sent again soon.',
  'collaboration.closed.tooLarge':
    'A change is larger than the newsroom accepts and wasn’t sent. Your work is kept on this computer. Undo the last paste, or copy it into a new story in parts.',
  'collaboration.closed.tooManyConnections':
    'You have Galley open in as many windows as the newsroom allows. Close some. Your work is kept on this computer and will be sent then.',
  'collaboration.closed.tooManyFromAddress':
    'Your network has as many connections as the newsroom allows. Your work is kept on this computer and will be sent later.',
  'collaboration.closed.tooManyStories':
    'You have as many stories open as the newsroom allows. Close some. Your work is kept on this computer and will be sent then.',
  'collaboration.disk.closed': 'This window’s copy of the newsroom is closed.',
  'collaboration.disk.failed':
    'Galley can’t use this computer’s disk ({error}). Your work is safe only once it’s saved to the newsroom. Don’t close Galley before then.',
  'collaboration.disk.forbidden':
    'This browser doesn’t let Galley use this computer’s disk, perhaps because the window is private. Your work is safe only once it’s saved to the newsroom.',
  'collaboration.disk.full':
    'This computer’s disk is full, so new work isn’t kept on it. Free some space. Don’t close Galley before your work is saved to the newsroom.',
  'collaboration.disk.newer-version':
    'A newer version of Galley has saved work on this computer. Update or reload Galley to use it here.',
  'collaboration.disk.part-unreadable':
    'Part of this story’s copy on this computer can’t be read. It is left as it is. The newsroom’s version is added to the rest.',
  'collaboration.file-missing': 'The file of “{name}” is no longer on this computer.',
  'collaboration.not-a-picture': 'That file isn’t a picture. Choose a JPEG, PNG, WebP, GIF or AVIF file.',
  'collaboration.not-allowed': 'You’re not allowed to open this story. Ask its desk for access.',
  'collaboration.no-such-story':
    'The newsroom doesn’t have this story. It may have been removed, or belong to another newsroom.',
  'collaboration.older-newsroom':
    'This newsroom runs an older version of Galley than this app. You can open the story once the newsroom is updated.',
  'collaboration.part.headline': 'the headline',
  'collaboration.part.standfirst': 'the standfirst',
  'collaboration.part.byline': 'the byline',
  'collaboration.part.dateline': 'the dateline',
  'collaboration.part.body': 'the body',
  'collaboration.part.caption': 'captions',
  'collaboration.part.credit': 'credits',
  'collaboration.part.figures': 'pictures',
  'collaboration.part.meta': 'the story’s details',
  'collaboration.read-only': 'You can read this story but not change it at this stage.',
  'collaboration.read-only-but': 'At this stage you can still edit {parts}.',
  'collaboration.read-only-unsent':
    'You can read this story but not change it at this stage. {count, plural, one {# change of yours wasn’t} other {# changes of yours weren’t}} sent in time. Your work is kept on this computer, below the page.',
  'collaboration.sign-in-to-see-desks': 'Sign in to see the desks.',
  'collaboration.sign-in-to-send': 'Sign in to send what you made here.',
  'collaboration.newer-version':
    'This story was written with a newer version of Galley. Update Galley to change it. Until then you can read it.',
} as const satisfies Record<`collaboration.${string}`, string>
